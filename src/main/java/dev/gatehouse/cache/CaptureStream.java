package dev.gatehouse.cache;

import dev.gatehouse.servlet.BodyStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean alone;
  private final AtomicBoolean stalled = new AtomicBoolean(true); // until the container has called
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
    boolean ready = false;
    try {
      ready = client.isReady();
    } catch (RuntimeException e) {
      stalled.set(true);
      if (!alone) { // else the client has left meanwhile
        throw e;
      }
    }
    stalled.set(!ready);
    return ready || (alone && takesOver());
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    writer = listener;
    if (!alone) {
      try {
        client.setWriteListener(listener);
        return;
      } catch (RuntimeException e) {
        if (!alone) {
          throw e;
        }
      }
    }
    if (takesOver()) {
      goOn(listener);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    capture.append(bytes, start, length); // first, as the client may be gone
    toClient(() -> client.write(bytes, start, length));
  }

  @Override
  public void flush() throws IOException {
    toClient(client::flush);
  }

  @Override
  public void close() throws IOException {
    if (ended.compareAndSet(false, true)) {
      capture.complete();
      whole.run();
    }
    toClient(client::close);
  }

  /** Something that the client gets. */
  private interface Step {
    void run() throws IOException;
  }

  private void toClient(Step step) throws IOException {
    if (alone) {
      return;
    }
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      stalled.set(true); // who writes stops here, unless the client has left meanwhile
      if (!alone || !takesOver()) {
        throw e;
      }
    }
  }

  @Override
  public void end(Runnable then) throws IOException {
    close();
    then.run();
  }

  @Override
  public void abandon() {
    if (ended.compareAndSet(false, true)) {
      capture.abort();
      broken.run();
    }
  }

  @Override
  public boolean outliveClient() {
    if (!wanted.getAsBoolean()) {
      return false;
    }
    alone = true;
    WriteListener waiting = writer;
    // the container will not call it any more; if it was for the origin that it waited, that will
    if (waiting != null && takesOver()) {
      goOn(waiting);
    }
    return true;
  }

  /** Whether the caller is the one who has what waited for the client go on. */
  private boolean takesOver() {
    return stalled.compareAndSet(true, false);
  }

  private void goOn(WriteListener listener) {
    try {
      executor.execute(
          () -> {
            try {
              listener.onWritePossible();
            } catch (IOException e) {
              listener.onError(e);
            }
          });
    } catch (RejectedExecutionException e) { // the application stops
      abandon();
    }
  }
}
