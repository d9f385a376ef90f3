package dev.gatehouse.cache;

import dev.gatehouse.servlet.BodyStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the client and keeps a copy. When the client leaves and others wait for the body, only
 * the copy goes on.
 */
final class CaptureStream extends BodyStream {
  private final ServletOutputStream client;
  private final Capture capture;
  private final BooleanSupplier wanted;
  private final Executor executor;
  private final Runnable whole;
  private final Runnable broken;
  private volatile boolean alone;
  private volatile boolean stalled = true; // until the container has called
  private volatile @Nullable WriteListener writer;

  /**
   * Copies nothing yet.
   *
   * @param wanted whether others wait for the body
   * @param whole called when it is closed, before the client knows
   * @param broken called when the rest will never come
   */
  CaptureStream(
      ServletOutputStream client,
      Capture capture,
      BooleanSupplier wanted,
      Executor executor,
      Runnable whole,
      Runnable broken) {
    this.client = client;
    this.capture = capture;
    this.wanted = wanted;
    this.executor = executor;
    this.whole = whole;
    this.broken = broken;
  }

  @Override
  public boolean isReady() {
    if (alone) {
      return true;
    }
    boolean ready = client.isReady();
    stalled = !ready;
    return ready || alone;
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    writer = listener;
    client.setWriteListener(listener);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    capture.append(bytes, start, length); // first, as the client may be gone
    if (!alone) {
      client.write(bytes, start, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!alone) {
      client.flush();
    }
  }

  @Override
  public void close() throws IOException {
    finish();
    if (!alone) {
      client.close();
    }
  }

  @Override
  public void end(Runnable then) throws IOException {
    close();
    then.run();
  }

  private void finish() {
    capture.complete();
    whole.run();
  }

  @Override
  public void abandon() {
    capture.abort();
    broken.run();
  }

  @Override
  public boolean outliveClient() {
    if (!wanted.getAsBoolean()) {
      return false;
    }
    alone = true;
    WriteListener waiting = writer;
    // the container will not call it any more; if it was for the origin that it waited, that will
    if (waiting != null && stalled) {
      executor.execute(
          () -> {
            try {
              waiting.onWritePossible();
            } catch (IOException e) {
              waiting.onError(e);
            }
          });
    }
    return true;
  }
}
