import type { Book } from './book.ts';

/** The duty of confidentiality that an installer agrees to, as first written. */
export const TERMS: Book['terms'] = {
  version: '1',
  text: {
    vi: [
      'Cam kết bảo mật',
      '',
      'Khi gửi yêu cầu hủy liên kết này, tôi đồng ý rằng:',
      '1. Thông tin về thiết bị, về chủ sở hữu và về yêu cầu này – số serial, ảnh tem, hóa đơn, chuỗi SADP, tên và số điện thoại – chỉ được dùng để hủy liên kết thiết bị. Tôi không chuyển, không đăng và không bán cho người khác.',
      '2. Tôi làm việc này theo yêu cầu của chủ thiết bị, hoặc tôi là chủ thiết bị. Thông tin và hình ảnh tôi gửi là thật.',
      '3. Làm xong việc, tôi không giữ mật khẩu, mã xác thực hay hình ảnh camera của khách hàng.',
      '4. Nhân viên hỗ trợ cũng có nghĩa vụ giữ kín như vậy: chỉ người xử lý yêu cầu mới được xem, và mỗi lần mở dữ liệu gốc đều được ghi lại.',
    ].join('\n'),
    en: [
      'Confidentiality',
      '',
      'By sending this unbind request I agree that:',
      '1. Information about the device, its owner and this request – the serial number, photos of the label, invoices, the SADP string, names and phone numbers – is used only to unbind the device. I do not pass it on, publish it or sell it.',
      "2. I act at the request of the device's owner, or I am the owner. The information and pictures that I send are genuine.",
      "3. Once the work is done, I keep none of the customer's passwords, verification codes or camera pictures.",
      '4. The support agents are bound by the same duty: only those who handle the request see it, and every opening of original data is recorded.',
    ].join('\n'),
  },
};
