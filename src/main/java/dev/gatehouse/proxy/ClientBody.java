package dev.gatehouse.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The client's body, read only when a backend's connection asks for it, so that it is whole for the
 * next backend after a failed connect. While it is short, what was read is kept for another try.
 * One chunk is under way at a time; client and container threads take turns.
 */
final class ClientBody implements ReadListener {
  private final LateInput input;
  private final Object reading = new Object();
  private final BodyLength length; // what was counted is guarded by reading
  private final ReadBytes bytes; // guarded by reading
  private @Nullable BodyView reader; // of the try that is under way; guarded by reading
  private volatile boolean read;
  private volatile boolean finished;
  private volatile boolean stalled;
  private volatile @Nullable Throwable failure;
  private final Demand demand = new Demand();

  /**
   * @param most bytes that it may have; zero: any number
   * @param bufferSize bytes read at a time
   * @param mostKept bytes; a longer body can't be sent again once it was read from
   */
  ClientBody(LateInput input, long most, int bufferSize, int mostKept) {
    this.input = input;
    this.length = new BodyLength(input.length(), most);
    this.bytes = new ReadBytes(input.length(), bufferSize, mostKept);
  }

  /**
   * One that is here already.
   *
   * @param length as it was announced, or -1
   */
  static ClientBody of(List<ByteBuffer> chunks, long length) {
    ClientBody whole = new ClientBody(LateInput.readAlready(length), 0, 0, Integer.MAX_VALUE);
    for (ByteBuffer chunk : chunks) {
      whole.length.skip(chunk.remaining());
    }
    whole.bytes.keep(chunks);
    whole.read = true;
    whole.finished = true;
    return whole;
  }

  /** See {@link LateInput#ownedBy}. */
  void ownedBy(Thread thread, Executor others) {
    input.ownedBy(thread, others);
  }

  /** The thread leaves the request. */
  void disown() {
    input.disown();
  }

  /** Whether another try can have all of it: nothing was read yet, or all that was is kept. */
  boolean canBeSentAgain() {
    synchronized (reading) {
      return failure == null && (bytes.areKept() || !read);
    }
  }

  /** There will be no other try. */
  void forget() {
    synchronized (reading) {
      bytes.forget();
    }
  }

  /** Whether a try ran out of time while it waited for the client. */
  boolean isStalled() {
    return stalled;
  }

  /** Whether the last byte was taken. */
  boolean isFinished() {
    return finished;
  }

  /** Bytes that were taken. */
  long taken() {
    synchronized (reading) {
      return length.soFar();
    }
  }

  /** Why the client's side failed; null if it did not. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Stops reading; after that the container may take the stream away. */
  void end(Throwable cause) {
    synchronized (reading) {
      failure = cause;
    }
    input.close();
  }

  /**
   * Whether the end has come and nobody has said so; to be asked from time to time, and then to
   * {@link #proceed}. Tomcat does not say so if trailers end an HTTP/2 body of which all else was
   * read.
   */
  boolean hasEndedUntold() {
    synchronized (reading) {
      ServletInputStream from = input.stream();
      return from != null && failure == null && !finished && from.isFinished();
    }
  }

  /** The body for one attempt. That attempt's failure is not the body's. */
  Request.Content forAttempt() {
    synchronized (reading) {
      BodyView next = new BodyView(this, read && bytes.areKept() ? bytes.kept() : null);
      reader = next;
      return next;
    }
  }

  @Override
  public void onDataAvailable() {
    proceed();
  }

  /**
   * On Tomcat and Undertow the only sign of the end, if there is no length: a stream that has ended
   * is never ready. Undertow may call this from within isReady; then who asked that goes on.
   */
  @Override
  public void onAllDataRead() {
    finished = true;
    if (!Thread.holdsLock(reading)) {
      proceed();
    }
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    proceed();
  }

  /**
   * A try is over, and may have waited for the client; the body waits for the next one or for the
   * end.
   */
  void forgo(BodyView who, Throwable cause) {
    synchronized (reading) {
      if (reader == who) {
        reader = null;
        stalled = demand.cancel() && cause instanceof TimeoutException;
      }
    }
  }

  long length() {
    return length.announced();
  }

  /** Lets who waits for the client go on. */
  void proceed() {
    demand.meet();
  }

  /**
   * @param replay what was kept when the reader began; null: nothing had been read
   * @param from how many chunks it had before
   */
  Content.@Nullable Chunk next(BodyView who, @Nullable List<ByteBuffer> replay, int from) {
    synchronized (reading) { // not to read on while end() gives the stream back
      if (reader != who) { // the next one would miss what this one takes
        return Content.Chunk.from(new IOException("this try is over"), true);
      }
      Throwable cause = failure;
      if (cause != null) {
        return Content.Chunk.from(cause, true);
      }
      if (from == 0 && read && replay == null) { // the rest would be taken for the whole
        return Content.Chunk.from(new IOException("the body can't be sent again"), true);
      }
      int known = replay == null ? 0 : replay.size();
      try {
        boolean last = finished && from >= known - 1;
        if (last) {
          input.checkEnd(length.soFar());
        }
        if (replay != null && from < known) {
          return Content.Chunk.from(replay.get(from).duplicate(), last);
        }
        if (last) {
          return Content.Chunk.EOF;
        }
        ServletInputStream open = input.stream();
        byte[] into = bytes.buffer();
        // null: nobody has asked yet, or the last chunk is not sent yet
        return open == null || into == null ? null : read(open, into);
      } catch (IOException e) {
        failure = e;
        return Content.Chunk.from(e, true);
      }
    }
  }

  private Content.@Nullable Chunk read(ServletInputStream from, byte[] into) throws IOException {
    while (!from.isFinished() && from.isReady()) {
      int count = from.read(into, bytes.filled(), into.length - bytes.filled());
      if (count < 0) {
        finished = true;
        break;
      }
      if (count > 0) {
        read = true;
        length.add(count);
        finished = length.isReached(); // the container may tell later than the backend answers
        return bytes.chunk(into, count, length.soFar(), finished);
      }
    }
    if (finished || from.isFinished()) {
      finished = true;
      input.checkEnd(length.soFar());
      return Content.Chunk.EOF;
    }
    return null;
  }

  /** Calls back as soon as there is something to read. */
  void demand(BodyView who, Runnable ready) {
    boolean over;
    boolean now;
    synchronized (reading) {
      over = reader != who;
      if (!over) {
        demand.begin(ready);
      }
      now = !over && (failure != null || who.hasKept() || isThere());
    }
    if (over) {
      ready.run(); // reading tells it why
    } else if (now) {
      proceed();
    } else if (input.stream() == null) {
      open();
    }
  }

  private void open() {
    try {
      input.onRightThread(
          () -> {
            if (opensAtItsEnd()) {
              proceed();
            }
          });
    } catch (RejectedExecutionException e) { // the application stops
      onError(e);
    }
  }

  /** Whether reading shows something; else the container will tell. */
  private boolean isThere() {
    ServletInputStream open = input.stream();
    // isReady first, as it asks to be told; what has ended already Tomcat tells nobody
    return open != null && (open.isReady() || failure != null || finished || open.isFinished());
  }

  /** Opens the stream; true if the container will tell nothing of it. */
  private boolean opensAtItsEnd() {
    boolean here = false;
    try {
      here = input.open(this);
    } catch (IOException e) {
      failure = e;
    }
    synchronized (reading) {
      ServletInputStream open = input.stream();
      // whom it was opened for may have been told already, in another try
      return failure != null || ((here && open != null) ? open.isFinished() : isThere());
    }
  }
}
