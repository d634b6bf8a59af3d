/**
 * Hosts of the push services of the browsers: Chrome and most others, Firefox, Safari, Edge. What
 * else a page may name as its endpoint is refused, or this server would send requests wherever
 * anybody likes.
 */
const SERVICES = [
  /^fcm\.googleapis\.com$/,
  /^([\w-]+\.)*push\.services\.mozilla\.com$/,
  /^([\w-]+\.)*push\.apple\.com$/,
  /^([\w-]+\.)*notify\.windows\.com$/,
];

/** Whether a subscription's endpoint is one of a known push service. */
export function isPushService(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, username, password } = new URL(endpoint);
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false;
  return SERVICES.some((service) => service.test(hostname));
}
