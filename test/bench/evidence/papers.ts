import { code128, qrCode } from '../../pictures/codes.ts';
import { compose, type Piece } from '../../pictures/scene.ts';
import { type Chance, type Device, inventSadpString, labelPayload } from './facts.ts';
import { write } from './fonts.ts';

/** A flat thing that is photographed, drawn head-on. */
export interface Paper {
  png: Buffer;
  width: number;
  height: number;
  /** A screen shows its dots. */
  screen: boolean;
}

async function paper(
  width: number,
  height: number,
  svg: string,
  pieces: readonly Piece[] = [],
  screen = false,
): Promise<Paper> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`;
  return { png: await compose(drawing, pieces), width, height, screen };
}

/** The mark before a serial, as labels write it. */
function markOf(chance: Chance): string {
  return chance.one(['S/N:', 'S/N: ', 'SN:', 'Serial No.: ', 'S/N ', 'Serial No. ']);
}

export interface LabelParts {
  qr?: boolean;
  bars?: boolean;
  /** Without: a label that shows everything but a serial. */
  serial?: boolean;
}

/** A device label, 900 x 560. */
export async function label(chance: Chance, device: Device, parts: LabelParts): Promise<Paper> {
  const face = chance.one(['sans', 'condensed', 'bold'] as const);
  const size = chance.whole(22, 32);
  const line = Math.round(size * 1.45);
  const pieces: Piece[] = [];
  let y = 70;
  let svg = `<rect width="900" height="560" fill="#f5f5f2"/>${write('HIKVISION', 36, y, 52, { face: 'bold', fill: '#c8102e' })}`;
  const say = (text: string) => {
    y += line;
    svg += write(text, 36, y, size, { face });
  };
  say(chance.one(['NETWORK CAMERA', 'DIGITAL VIDEO RECORDER', 'NETWORK VIDEO RECORDER']));
  say(`Model: ${device.model}`);
  say(chance.one(['12V = 0.5A  6W', 'PoE: 802.3af', 'DC 12V 1.5A']));
  if (parts.serial !== false) say(`${markOf(chance)}${device.short}`);
  if (chance.happens(0.6))
    say(`${chance.one(['Material: ', 'P/N: ', 'Material No. '])}${device.material}`);
  if (chance.happens(0.5)) say(`Verification Code: ${device.code}`);
  say(`${device.made}  Made in China`);
  if (parts.bars) {
    const pixels = chance.one([2, 3]);
    const top = Math.min(y + 16, 470);
    pieces.push({
      input: await code128(parts.serial === false ? device.material : device.short, pixels),
      left: 26,
      top,
    });
    if (chance.happens(0.35))
      pieces.push({ input: await code128(device.material, 2), left: 520, top: 470 });
  }
  if (parts.qr) {
    const input = await qrCode(
      parts.serial === false
        ? `https://www.hikvision.com/p/${device.material}`
        : labelPayload(chance, device),
      chance.one([4, 6]),
    );
    pieces.push({ input, left: 580, top: 90 });
  }
  return paper(900, 560, svg, pieces);
}

/** A carton's label, 1200 x 700: several barcodes, of which one is the serial. */
export async function boxLabel(chance: Chance, device: Device): Promise<Paper> {
  const rows = [
    { name: 'Model', text: device.model, bars: false },
    { name: 'Material', text: device.material, bars: true },
    { name: chance.one(['S/N', 'Serial No.']), text: device.short, bars: true },
    { name: 'EAN', text: `69${chance.digits(11)}`, bars: chance.happens(0.5) },
  ];
  let svg = `<rect width="1200" height="700" fill="#d9c3a0"/><rect x="40" y="40" width="1120" height="620" fill="#fdfdfa"/>`;
  const pieces: Piece[] = [];
  for (const [index, row] of rows.entries()) {
    const y = 110 + index * 150;
    svg += write(`${row.name}: ${row.text}`, 80, y, 36);
    if (row.bars) pieces.push({ input: await code128(row.text, 3), left: 80, top: y + 14 });
  }
  if (chance.happens(0.5)) {
    pieces.push({ input: await qrCode(labelPayload(chance, device), 6), left: 800, top: 120 });
  }
  return paper(1200, 700, svg, pieces);
}

/** An invoice, 1240 x 1000: a customer's number looks like a serial and is none. */
export async function invoice(chance: Chance, device: Device, withSerial: boolean): Promise<Paper> {
  const row = (y: number, cells: readonly [number, string][]) =>
    cells.map(([x, text]) => write(text, x, y, 26)).join('');
  const head = chance.one(['Số sê-ri', 'Serial', 'S/N', 'Serial No.']);
  let svg = `<rect width="1240" height="1000" fill="#fcfcfa"/>${write('HÓA ĐƠN BÁN HÀNG', 430, 110, 44, { face: 'bold' })}`;
  svg += write(`Mã khách hàng: ${chance.digits(9)}`, 90, 190, 26);
  svg += write('Khách hàng: Công ty TNHH Thiết bị An Ninh Việt', 90, 235, 26);
  svg += write(`MST: ${chance.digits(10)}    ĐT: 09${chance.digits(8)}`, 90, 280, 26);
  const inTable = chance.happens(0.6);
  svg += `<path d="M80 330H1160M80 390H1160M80 610H1160" stroke="#333" stroke-width="2"/>`;
  svg += row(370, [
    [90, 'STT'],
    [170, 'Tên hàng'],
    [620, withSerial && inTable ? head : 'ĐVT'],
    [880, 'SL'],
    [980, 'Thành tiền'],
  ]);
  const serial = withSerial ? device.short : 'Cái';
  svg += row(440, [
    [100, '1'],
    [170, `Camera ${device.model}`],
    [620, inTable ? serial : 'Cái'],
    [885, '1'],
    [980, '1.250.000'],
  ]);
  svg += row(500, [
    [100, '2'],
    [170, 'Thẻ nhớ 128GB'],
    [620, inTable ? '-' : 'Cái'],
    [885, '1'],
    [980, '450.000'],
  ]);
  if (withSerial && !inTable)
    svg += write(
      `Ghi chú: ${chance.one(['Số sê-ri: ', 'S/N: ', 'Serial: '])}${device.short}`,
      90,
      670,
      26,
    );
  svg += write('Tổng cộng: 1.700.000 đồng', 760, 740, 30, { face: 'bold' });
  svg += write('Người mua hàng', 160, 830, 26) + write('Người bán hàng', 840, 830, 26);
  return paper(1240, 1000, svg);
}

/** A recorder's information page on a television, 1280 x 720. */
export async function tvPage(chance: Chance, device: Device, withSerial: boolean): Promise<Paper> {
  const light = { fill: '#eef2f6', face: chance.one(['sans', 'condensed'] as const) };
  const gap = chance.whole(300, 400);
  const serial = chance.happens(0.5) ? device.full : device.short;
  const rows: [string, string][] = [
    ['Device Name', 'Network Video Recorder'],
    ['Model', device.model],
    ...(withSerial
      ? ([[chance.one(['Serial No.', 'Device Serial No.', 'Số sê-ri']), serial]] as [
          string,
          string,
        ][])
      : []),
    ['Firmware Version', `V4.31.${chance.digits(3)} build 2${chance.digits(5)}`],
    ['Hardware Version', '0x12'],
    ['MAC Address', Array.from({ length: 6 }, () => chance.whole(16, 255).toString(16)).join(':')],
    ['IPv4 Address', `192.168.1.${chance.whole(2, 250)}`],
  ];
  let svg = `<rect width="1280" height="720" fill="#202a36"/><rect width="250" height="720" fill="#2d3a4a"/><rect width="1280" height="60" fill="#111820"/>`;
  svg += write('System Maintenance', 24, 42, 26, light);
  for (const [i, item] of ['System Info', 'Log', 'Import/Export', 'Upgrade', 'Default'].entries()) {
    svg += write(item, 30, 130 + i * 56, 24, light);
  }
  for (const [i, [name, value]] of rows.entries()) {
    const y = 150 + i * 62;
    // A full serial is long, and has to end on the page.
    svg +=
      write(name, 300, y, 27, light) +
      write(value, 300 + gap, y, value.length > 24 ? 21 : 27, light);
  }
  return paper(1280, 720, svg, [], true);
}

/** SADP's window with its list of devices, 1600 x 560; `devices` are its rows. */
export async function sadpList(chance: Chance, devices: readonly Device[]): Promise<Paper> {
  let svg = `<rect width="1600" height="560" fill="#fff"/><rect width="1600" height="56" fill="#b5202c"/>`;
  svg += write('SADP', 24, 40, 30, { face: 'bold', fill: '#fff' });
  const columns: [number, string][] = [
    [20, 'ID'],
    [70, 'Device Type'],
    [330, 'Status'],
    [440, 'IPv4 Address'],
    [610, 'Port'],
    [700, 'Software Version'],
    [960, 'IPv4 Gateway'],
    [1130, 'Device Serial No.'],
  ];
  svg += '<rect y="100" width="1600" height="38" fill="#e9ecf0"/>';
  for (const [x, name] of columns) svg += write(name, x, 126, 18);
  for (const [i, device] of devices.entries()) {
    const y = 166 + i * 36;
    const cells = [
      String(i + 1).padStart(3, '0'),
      device.model,
      'Active',
      `192.168.1.${chance.whole(2, 250)}`,
      '8000',
      `V5.6.${chance.whole(1, 9)}build 2${chance.digits(5)}`,
      '192.168.1.1',
      device.full,
    ];
    for (const [c, text] of cells.entries()) svg += write(text, columns[c]?.[0] ?? 0, y, 18);
  }
  return paper(1600, 560, svg, [], true);
}

/** SADP's password window with the QR of a string. */
export async function sadpQr(chance: Chance): Promise<{ paper: Paper; text: string }> {
  const text = inventSadpString(chance);
  const input = await qrCode(text, text.length > 500 ? 4 : chance.one([4, 6]));
  const svg = `<rect width="1280" height="800" fill="#eceff3"/><rect width="1280" height="56" fill="#b5202c"/>
    <rect x="60" y="90" width="1160" height="670" fill="#fff"/>${write('Reset Password', 24, 40, 28, { fill: '#fff', face: 'bold' })}
    ${write('Mode 1: Scan the QR code with your phone.', 100, 160, 24)}${write('Mode 2: Export the key file and send it.', 100, 210, 24)}
    <rect x="100" y="640" width="160" height="50" fill="#b5202c"/>${write('Export', 140, 674, 24, { fill: '#fff' })}`;
  return { text, paper: await paper(1280, 800, svg, [{ input, left: 640, top: 180 }], true) };
}
