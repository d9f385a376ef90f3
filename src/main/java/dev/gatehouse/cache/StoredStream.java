package dev.gatehouse.cache;

import dev.gatehouse.servlet.BodyStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.Consumer;

/** Takes a stored body to the client in place of the one that is written here, which is dropped. */
final class StoredStream extends BodyStream {
  private final ServletOutputStream client;
  private final Consumer<Runnable> deliver;

  /**
   * Nothing is delivered yet.
   *
   * @param deliver writes the stored body, and calls what it is given when that is out
   */
  StoredStream(ServletOutputStream client, Consumer<Runnable> deliver) {
    this.client = client;
    this.deliver = deliver;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      listener.onWritePossible(); // there is nothing to wait for
    } catch (IOException e) {
      listener.onError(e);
    }
  }

  @Override
  public void write(int b) {}

  @Override
  public void write(byte[] bytes, int start, int length) {}

  @Override
  public void close() throws IOException {
    client.close();
  }

  @Override
  public void end(Runnable then) {
    deliver.accept(then);
  }
}
