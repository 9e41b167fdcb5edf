// What runs in the pods of the table of running pods, on a cluster and in the sandbox.
//
//   NAME, LINES    prints `NAME line 1`, `NAME line 2`, and so on
//   REST           printed after that, without the end of a line
//   EXIT_CODE      ends at once with this code
//   PORT, HOST     where it listens: `say WORDS` is printed and answered, `exit N` ends it, `bye` closes the connection,
//                  any other line is echoed
import { createServer } from 'node:net';

const { NAME = 'app', LINES = '3', REST = '', EXIT_CODE, PORT = '8080', HOST } = process.env;
if (process.env.EXIT_WITH_PARENT === '1') process.stdin.on('end', () => process.exit(1)).resume();
for (let n = 1; n <= Number(LINES); n++) console.log(`${NAME} line ${n}`);
process.stdout.write(REST, () => {
  if (EXIT_CODE !== undefined) process.exit(Number(EXIT_CODE));
});
if (EXIT_CODE === undefined) listen();
process.on('SIGTERM', () => process.exit(0));

function listen() {
  const server = createServer((socket) => {
    let rest = '';
    socket.setEncoding('utf8').on('data', (text) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answer(socket, line);
    });
    socket.on('error', () => socket.destroy());
  });
  server.listen(Number(PORT), HOST);
}

function answer(socket, line) {
  const [word = '', ...words] = line.split(' ');
  if (word === 'bye') socket.end('bye\n');
  else if (word === 'exit') process.exit(Number(words[0]));
  else if (word === 'say') {
    console.log(words.join(' '));
    socket.write(`said ${words.join(' ')}\n`);
  } else socket.write(`echo ${line}\n`);
}
