import { sadpA } from '../conversations/strings.ts';
import { qrCode } from '../pictures/codes.ts';

/** Somebody who goes through a case, on whatever platform. */
export interface Installer {
  open(): Promise<void>;
  says(text: string): Promise<void>;
  presses(label: string): Promise<void>;
  sendsPhoto(picture: Buffer): Promise<void>;
  /** Waits until the bot has said this. */
  hears(text: string): Promise<unknown>;
}

/** Whoever decides the cases of a run. */
export interface Decider {
  /** Decides the open case of this serial as unbound, however often the assistant dies. */
  approves(serial: string): Promise<void>;
}

/** A picture of a label's QR with this serial, small enough to be read in a moment. */
function labelOf(serial: string): Promise<Buffer> {
  return qrCode(`www.hik-connect.com\r\n${serial}\r\nABCDEF\r\nDS-2CD2143G2-I\r\n`, 8);
}

/** From greeting to "unbound": nine messages, a photo that is read, a string in two pieces, a decision. */
export async function journey(installer: Installer, agent: Decider, serial: string): Promise<void> {
  const string = sadpA(serial);
  await installer.open();
  await installer.presses('Mạng khác');
  await installer.says(serial);
  await installer.hears(`Em đã ghi số seri ${serial}`);
  await installer.sendsPhoto(await labelOf(serial));
  // Read, or left to the agent's eye when its time was up before a life was long enough.
  await installer.hears('gửi chuỗi SADP của thiết bị');
  await installer.says(string.slice(0, 61));
  await installer.says(string.slice(61));
  await installer.presses('Đồng ý');
  await installer.says('trạng thái');
  await installer.presses('Gửi hồ sơ');
  await installer.hears('Trình báo vụ việc thành công');
  await agent.approves(serial);
  await installer.hears('Thiết bị đã được hủy liên kết');
}
