/** Opens a private chat with the bot; null in local mode, where it has no app id. */
export function chatUrl(appId: string): string | null {
  return appId === '' ? null : `https://teams.microsoft.com/l/chat/0/0?users=28:${appId}`;
}
