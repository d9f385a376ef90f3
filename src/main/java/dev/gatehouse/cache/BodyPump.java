package dev.gatehouse.cache;

import dev.gatehouse.servlet.Journal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a captured body, or a part of it, to a client as fast as both allow, without a thread of
 * its own.
 *
 * <p>Thread-safe: capture and container call it; one of them at a time writes.
 */
final class BodyPump implements WriteListener {
  private static final int MOST_AT_ONCE = 65_536;

  private final ServletOutputStream output;
  private final Capture capture;
  private final long end;
  private final Executor executor;
  private final Journal journal;
  private final Ending ending;
  private final Place place = new Place();
  private final AtomicInteger calls = new AtomicInteger(); // that nobody has looked after yet
  private final AtomicBoolean over = new AtomicBoolean();
  private boolean driven; // as it begins
  private volatile boolean begun; // the container has said that one may write
  private volatile boolean flushes = true;
  private volatile boolean lost;
  private volatile @Nullable Throwable failure;
  private long position;
  private boolean unflushed = true; // the head

  /** Hears once how it went. */
  interface Ending {
    /** All bytes are with the container; the output is not closed. */
    void written();

    /** The rest will not come. */
    void broken();

    /** The client can't be written to. */
    void failed(Throwable cause);
  }

  /**
   * Writes nothing yet.
   *
   * @param from the first byte
   * @param end the byte behind the last; {@link Long#MAX_VALUE}: as many as there are
   * @param executor runs what a capture that grows makes possible
   */
  BodyPump(
      ServletOutputStream output,
      Capture capture,
      long from,
      long end,
      Executor executor,
      Journal journal,
      Ending ending) {
    this.output = output;
    this.capture = capture;
    this.position = from;
    this.end = end;
    this.executor = executor;
    this.journal = journal;
    this.ending = ending;
  }

  /**
   * Begins, in an asynchronous exchange whose output has no listener yet.
   *
   * @return false if the capture has let go of the first byte: nothing was done
   */
  boolean start() {
    if (!capture.join(place, position)) {
      return false;
    }
    try {
      output.setWriteListener(this);
    } catch (IllegalStateException e) { // the container has ended the exchange
      capture.leave(place);
      throw e;
    }
    if (over.get()) { // stopped meanwhile
      capture.leave(place);
    }
    return true;
  }

  /** The same for who writes the capture and calls {@link #go} after that. */
  boolean startDriven() {
    driven = true;
    flushes = false;
    return start();
  }

  /**
   * Writes what there is, on this thread.
   *
   * @param pause whether there will be no more for a while, so that all must get out
   */
  void go(boolean pause) {
    flushes = pause;
    if (begun) {
      work();
    }
  }

  /** Writes no more, and tells nobody: the output is not to be touched. */
  void stop() {
    finish(() -> {});
  }

  /** Keeps it from writing until {@link #letGo}; false if it is writing. */
  boolean hold() {
    return calls.compareAndSet(0, 1);
  }

  void letGo() {
    if (!calls.compareAndSet(1, 0)) {
      drainElsewhere();
    }
  }

  @Override
  public void onWritePossible() {
    begun = true;
    work();
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    work();
  }

  /** What the capture says; who writes it is not disturbed. */
  private final class Place extends Readers.Reader {
    /** Before the container's first call, the output is not to be touched; what there is waits. */
    @Override
    void more() {
      if (begun && !driven && calls.getAndIncrement() == 0) {
        drainElsewhere();
      }
    }

    @Override
    void lost() {
      lost = true;
      if (calls.getAndIncrement() == 0) {
        drainElsewhere();
      }
    }
  }

  private void drainElsewhere() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) { // the application stops
      failure = e;
      drain();
    }
  }

  private void work() {
    if (calls.getAndIncrement() == 0) {
      drain();
    }
  }

  /** For the one who has called first; it looks after those who call meanwhile. */
  private void drain() {
    int seen;
    do {
      seen = calls.get();
      try {
        pump();
      } catch (IOException | RuntimeException e) {
        failure = e;
      }
      Throwable cause = failure;
      if (cause != null) {
        finish(() -> ending.failed(cause));
      } else if (lost) {
        finish(ending::broken);
      }
    } while (!calls.compareAndSet(seen, 0));
  }

  private void pump() throws IOException {
    while (!over.get() && failure == null && !lost && output.isReady()) {
      @Nullable CaptureView view = capture.view(place, position);
      if (view == null) {
        finish(ending::broken);
        return;
      }
      int length = (int) Math.min(Math.min(view.length(), MOST_AT_ONCE), end - position);
      if (length > 0) {
        position += length;
        unflushed = true;
        journal.sent(length);
        view.writeTo(output, length);
      } else if (position >= end || view.state() == Capture.State.WHOLE) {
        finish(ending::written);
        return;
      } else if (view.state() == Capture.State.BROKEN) {
        finish(ending::broken);
        return;
      } else if (unflushed && flushes) {
        unflushed = false;
        output.flush(); // what there is must get out
      } else {
        return; // the capture will call
      }
    }
  }

  private void finish(Runnable how) {
    if (over.compareAndSet(false, true)) {
      capture.leave(place);
      how.run();
    }
  }
}
