// Loaded before the suite's origin, which would listen on every address of the machine.
const { Server } = require('net')
const { listen } = Server.prototype
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, Number(port), '127.0.0.1', ...rest)
}
