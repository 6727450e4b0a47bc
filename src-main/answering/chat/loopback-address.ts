/**
 * The address of a chat server, and the refusal of every one that is not of this machine: passages of a person's documents are
 * sent to it. The names are checked here and, where one has to be looked up, what it leads to when the connection is made.
 */
import type { LookupFunction } from 'node:net';
import { BlockList, isIP } from 'node:net';
import { AppError } from '../../common/app-error.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export const isLoopback = (address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
};

/** `http://127.0.0.1:11434` → the same with `/v1`, without a slash at its end. Throws `bad-request`. */
export function parseLoopbackAddress(text: string): string {
  const refuse = (why: string) =>
    new AppError(
      'bad-request',
      `${why} A chat server must be on this machine, such as http://127.0.0.1:11434.`,
    );
  if (!URL.canParse(text)) throw refuse(`"${text.slice(0, 200)}" is no address.`);
  const url = new URL(text);
  if (url.protocol !== 'http:') throw refuse(`${url.protocol}// is not spoken here.`);
  if (url.username !== '' || url.password !== '') throw refuse('The address holds a name or a password.');
  if (url.search !== '' || url.hash !== '') throw refuse('The address ends in more than a path.');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (host !== 'localhost' && !isLoopback(host)) throw refuse(`${url.host} is not this machine.`);
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? '/v1' : path}`;
}

/** `localhost` never leads elsewhere, whatever the system's files say. */
export const lookupLoopback: LookupFunction = (_hostname, options, callback) => {
  const both = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  if (options.all) callback(null, both);
  else callback(null, '127.0.0.1', 4);
};
