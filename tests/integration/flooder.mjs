import { parentPort, workerData } from 'node:worker_threads';
import { io } from 'socket.io-client';

/** A page gone wild, in a thread of its own: joins, then sends as fast as it can until it is cut off. */
const { url, join, messages } = workerData;
const socket = io(url, { transports: ['websocket'], reconnection: false });
const heard = [];
let sent = 0;

function flood() {
  if (!socket.connected || sent >= messages) return;
  for (let k = 0; k < 500; k++, sent++) {
    socket.emit('losses', { run: 1, from: 0, losses: [1] }, () => {});
  }
  setImmediate(flood);
}

socket.on('farewell', (reason) => heard.push(reason));
socket.on('disconnect', () => parentPort.postMessage({ sent, heard }));
socket.on('session', ({ phase }) => phase === 'running' && flood());
await socket.emitWithAck('join', join);
parentPort.postMessage('joined');
