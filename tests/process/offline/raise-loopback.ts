/** What `ip link set lo up` does, without needing that program: a network namespace begins without its loopback address. */
import koffi from 'koffi';

const libc = koffi.load(null);
const openSocket = libc.func('int socket(int, int, int)');
const control = libc.func('int ioctl(int, unsigned long, void *)');
const request = Buffer.alloc(40);
request.write('lo');
const upAndRunning = 0x41;
request.writeInt16LE(upAndRunning, 16);
const setFlags = 0x8914;
if (control(openSocket(2, 2, 0), setFlags, request) !== 0)
  throw new Error('The loopback device cannot be raised.');
