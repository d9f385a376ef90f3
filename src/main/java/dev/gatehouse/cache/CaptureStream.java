package dev.gatehouse.cache;

import dev.gatehouse.servlet.BodyStream;
import dev.gatehouse.servlet.Journal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a body into a capture, out of which the client reads it, as others do. When the client
 * leaves and others wait for the body, that goes on. Without a listener it writes to both.
 *
 * <p>Thread-safe but for what only one who writes calls.
 */
final class CaptureStream extends BodyStream {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureStream.class);

  private final ServletOutputStream client;
  private final Capture capture;
  private final BooleanSupplier wanted;
  private final Executor executor;
  private final Journal journal;
  private final Runnable whole;
  private final Runnable broken;
  private final BodyPump pump;
  private final Runnable goOn = this::goOn;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean pumps;
  private volatile boolean alone;
  private volatile @Nullable WriteListener writer;
  private boolean gone; // the client's part is over; guarded by this
  private boolean cutShort; // bytes are missing, and the client may not know; guarded by this
  private @Nullable Ends ends; // who waits for the client's part; guarded by this

  /** What to do at the end of the client's part. */
  private record Ends(Runnable then, Runnable cut) {}

  /**
   * Has nothing yet.
   *
   * @param wanted whether others wait for the body
   * @param journal of the client's exchange
   * @param whole called when it is closed, before anybody who reads it knows
   * @param broken called when the rest will never come
   */
  CaptureStream(
      ServletOutputStream client,
      Capture capture,
      BooleanSupplier wanted,
      Executor executor,
      Journal journal,
      Runnable whole,
      Runnable broken) {
    this.client = client;
    this.capture = capture;
    this.wanted = wanted;
    this.executor = executor;
    this.journal = journal;
    this.whole = whole;
    this.broken = broken;
    this.pump =
        new BodyPump(client, capture, 0, Long.MAX_VALUE, executor, journal, new ClientsPart());
  }

  /** The slowest of the readers sets the pace, of what can't be stored. */
  @Override
  public boolean isReady() {
    return capture.hasRoom(goOn);
  }

  private void goOn() {
    WriteListener listener = writer;
    if (listener == null) {
      return;
    }
    try {
      executor.execute(() -> call(listener));
    } catch (RejectedExecutionException e) { // the application stops
      listener.onError(e);
    }
  }

  private static void call(WriteListener listener) {
    try {
      listener.onWritePossible();
    } catch (IOException e) {
      listener.onError(e);
    }
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    writer = listener;
    if (!alone) {
      pumps = true;
      try {
        if (!pump.startDriven()) {
          throw new IllegalStateException("abandoned");
        }
      } catch (IllegalStateException e) {
        if (!alone) { // else the client has left meanwhile
          throw e;
        }
      }
    }
    call(listener); // there is room
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    capture.append(bytes, start, length);
    if (pumps) {
      journal.sent(-length); // who writes has counted them, and the pump will
      pump.go(false);
    } else if (!alone) {
      client.write(bytes, start, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (pumps) {
      pump.go(true);
    } else if (!alone) {
      client.flush();
    }
  }

  @Override
  public void close() throws IOException {
    end(() -> {});
  }

  @Override
  public void end(Runnable then) throws IOException {
    end(then, then);
  }

  @Override
  public void end(Runnable then, Runnable cut) throws IOException {
    boolean waits;
    boolean cuts;
    synchronized (this) {
      waits = pumps && !gone;
      cuts = cutShort;
      ends = waits ? new Ends(then, cut) : null;
    }
    if (ended.compareAndSet(false, true)) {
      complete();
    }
    if (waits) {
      pump.go(false);
      return;
    }
    if (!pumps && !alone) {
      client.close();
    }
    (cuts ? cut : then).run();
  }

  private void complete() {
    capture.seal();
    try {
      whole.run();
    } catch (RuntimeException | Error e) { // a lack of memory, perhaps, for a copy
      LOG.warn("a response can't be stored", e); // and is delivered nevertheless
    } finally {
      capture.complete(); // else readers would wait for ever, and its room be lost
    }
  }

  @Override
  public void abandon() {
    leaveClient();
    if (ended.compareAndSet(false, true)) {
      try {
        broken.run(); // first: whom the capture then refuses, finds nobody under way
      } catch (RuntimeException | Error e) {
        LOG.warn("those who wait can't be told that a response breaks off", e);
      } finally {
        capture.abort(); // as above
      }
    }
  }

  /** The client gets another answer; those who read along still want this one. */
  @Override
  public void drop() {
    if (!alone) {
      abandon();
    }
  }

  @Override
  public void clientFailed(Throwable cause) {
    if (pumps) {
      pump.onError(new IOException("the container has given the client up", cause));
    }
  }

  @Override
  public boolean outliveClient() {
    leaveClient();
    alone = wanted.getAsBoolean();
    return alone;
  }

  /** From here on nothing is written to the client, and nobody waits for it. */
  private void leaveClient() {
    pump.stop();
    synchronized (this) {
      cutShort |= pumps && !gone;
      gone = true;
    }
  }

  @Override
  public boolean hold() {
    return pump.hold();
  }

  @Override
  public void letGo() {
    pump.letGo();
  }

  /** What comes of the client's part. */
  private final class ClientsPart implements BodyPump.Ending {
    @Override
    public void written() {
      Ends last = over(false);
      if (last == null) {
        throw new IllegalStateException("written before its end");
      }
      try {
        client.close();
      } catch (IOException | RuntimeException e) {
        journal.clientGone();
        LOG.debug("client went away at the end", e);
      }
      last.then().run();
    }

    /** For the capture's sake: who breaks the capture stops this before. */
    @Override
    public void broken() {
      failed(new TimeoutException("others have waited for a client that does not read"));
    }

    @Override
    public void failed(Throwable cause) {
      Ends last = over(!(cause instanceof IOException));
      WriteListener listener = writer;
      if (last != null) {
        journal.clientGone();
        (cause instanceof IOException ? last.then() : last.cut()).run();
      } else if (listener != null) {
        listener.onError(cause);
      }
    }

    /**
     * The client's part is over.
     *
     * @param mayReadOn and so must see that bytes are missing
     */
    private @Nullable Ends over(boolean mayReadOn) {
      synchronized (CaptureStream.this) {
        cutShort |= mayReadOn;
        gone = true;
        return ends;
      }
    }
  }
}
