package dev.gatehouse.connection;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The system's buffer for what goes to a client. */
final class SendBuffer {
  private SendBuffer() {}

  /**
   * Whether a few kilobytes can be written without waiting for the client: systems call a
   * connection writable while a good part of its buffer is free.
   */
  static boolean hasRoom(SelectableChannel channel) throws IOException {
    try (Selector selector = Selector.open()) { // one more than the container's own
      var unused = channel.register(selector, SelectionKey.OP_WRITE);
      return selector.selectNow() > 0;
    }
  }
}
