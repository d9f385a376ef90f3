package dev.gatehouse.proxy;

import dev.gatehouse.connection.ClientConnection;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a body that has come whole with its head, on the backend's thread and without waiting,
 * where the container can: its own thread is not called for it, which costs more than the rest.
 *
 * @param length of the body as the backend states it; negative: it does not
 */
record WholeBody(
    ClientConnection connection,
    HttpServletResponse response,
    ServletOutputStream output,
    long length)
    implements ClientStream.AtOnce {
  @Override
  public boolean takes(int bytes) {
    return bytes > 0 && bytes == length && connection.sends(response, output);
  }

  @Override
  public void send(ByteBuffer body, Consumer<@Nullable Throwable> then) {
    connection.send(output, body, then);
  }
}
