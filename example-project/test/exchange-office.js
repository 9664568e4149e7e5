// Answers requests such as /EUR after a while, as offices do. A process of its own, which tells its port to its parent.

const { createServer } = require('node:http')

const RATES = { EUR: 1.17, CHF: 1.12, SEK: 13.2, JPY: 190 }
const MILLISECONDS = 100

const server = createServer(({ url }, response) => {
  const rate = RATES[url.slice(1)]
  if (rate === undefined) response.writeHead(404).end()
  else setTimeout(() => response.end(`${rate}`), MILLISECONDS)
})

server.listen(0, '127.0.0.1', () => process.send(server.address().port))
