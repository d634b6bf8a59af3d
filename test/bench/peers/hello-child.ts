import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A server that does nothing but parse a small body and answer.
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    JSON.parse(body);
    response.setHeader('content-type', 'application/json').end('{"ok":true}');
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
