import type { Book } from './book.ts';

/** Words that agents need every day, as first written. */
export const CANNED_REPLIES: Book['cannedReplies'] = [
  {
    title: 'Chụp lại tem / Label photo again',
    text: {
      vi: 'Anh/chị chụp lại giúp em tem ở mặt sau thiết bị: đủ sáng, lấy nét vào dòng số seri, không bị ngón tay hay ánh đèn che ạ.',
      en: 'Please take another photo of the label on the back of the device: enough light, the serial number in focus, no finger or glare over it.',
    },
  },
  {
    title: 'Bật Hik-Connect / Turn Hik-Connect on',
    text: {
      vi: 'Thiết bị đang tắt Hik-Connect. Anh/chị vào Configuration → Network → Platform Access, bật Hik-Connect, đợi trạng thái Online rồi nhắn em ạ.',
      en: 'Hik-Connect is switched off on the device. Open Configuration → Network → Platform Access, switch Hik-Connect on, wait until it says Online, then write to me.',
    },
  },
  {
    title: 'Xuất lại chuỗi SADP / SADP string afresh',
    text: {
      vi: 'Chuỗi SADP đã hết hạn. Anh/chị xuất lại trong SADP (Forgot Password → Export) rồi gửi em; đừng khởi động lại thiết bị cho đến khi có kết quả ạ.',
      en: 'The SADP string has expired. Please export it again in SADP (Forgot Password → Export) and send it; do not reboot the device until there is a result.',
    },
  },
];
