package dev.gatehouse.proxy;

import dev.gatehouse.servlet.BodyStream;
import dev.gatehouse.servlet.Journal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * Carries a response's body from the backend to the client: never more than one chunk under way,
 * flushed whenever the backend pauses. The container's and the client's threads take turns; each is
 * called back only after the other has nothing left to do.
 */
final class ClientStream implements WriteListener {
  private final ServletOutputStream output;
  private final Content.Source source;
  private final Runnable written;
  private final Predicate<Throwable> broken;
  private final Journal journal;
  private final AtOnce atOnce;
  private final AtomicReference<Content.@Nullable Chunk> first = new AtomicReference<>();
  private Content.@Nullable Chunk second; // behind the first; who starts hands it to who pumps
  private final AtomicReference<Content.@Nullable Chunk> underWay = new AtomicReference<>();
  private final ReentrantLock pumping = new ReentrantLock();
  private boolean unflushed = true; // the head
  private volatile boolean over;
  private volatile boolean waitsForBackend = true; // also if it has failed meanwhile

  /** Sends a body that is there whole, where the container can do that without a listener. */
  interface AtOnce {
    /** Whether a body of so many bytes is whole, and can be sent. */
    boolean takes(int bytes);

    /**
     * Sends it without waiting.
     *
     * @param then called once when the bytes are not needed any more, with what went wrong if
     *     something did
     */
    void send(ByteBuffer body, Consumer<@Nullable Throwable> then);
  }

  /**
   * @param written called once when the backend's last byte is with the container
   * @param broken called when the client can't be written to; false if that does not matter
   */
  ClientStream(
      ServletOutputStream output,
      Content.Source source,
      Runnable written,
      Predicate<Throwable> broken,
      Journal journal,
      AtOnce atOnce) {
    this.output = output;
    this.source = source;
    this.written = written;
    this.broken = broken;
    this.journal = journal;
    this.atOnce = atOnce;
  }

  /** Begins; without a body the output is not touched. */
  void start() {
    Content.Chunk chunk = source.read();
    if (chunk != null && Content.Chunk.isFailure(chunk)) {
      fail(chunk);
      return;
    }
    if (chunk != null && isEnd(chunk)) {
      chunk.release();
      written.run();
      return;
    }
    if (chunk != null && atOnce.takes(chunk.remaining())) {
      Content.Chunk next = source.read();
      if (next != null && !Content.Chunk.isFailure(next) && isEnd(next)) {
        next.release();
        sendWhole(chunk);
        return;
      }
      second = next;
    }
    first.set(chunk);
    waitsForBackend = chunk == null;
    if (over) {
      end(); // it came before there was a chunk
      return;
    }
    try {
      output.setWriteListener(this);
    } catch (IllegalStateException e) { // the container has ended the exchange
      end();
      throw e;
    }
  }

  private void sendWhole(Content.Chunk body) {
    waitsForBackend = false;
    pumping.lock();
    try {
      if (over) {
        body.release();
        return;
      }
      underWay.set(body);
      journal.sent(body.remaining());
      atOnce.send(body.getByteBuffer(), this::sent);
    } catch (RuntimeException e) { // the container has ended the exchange
      end();
      throw e;
    } finally {
      pumping.unlock();
    }
  }

  private void sent(@Nullable Throwable failure) {
    if (failure != null) {
      onError(failure);
      return;
    }
    var unused = release();
    try {
      written.run();
    } catch (Throwable e) { // nothing above us would tell the backend's side
      onError(e);
    }
  }

  /**
   * Writes no more, and gives back what the container has not been given. What it is writing at a
   * cut stays out of the pool until it has written it or says that it can't: another answer in that
   * memory could get out to this client. If it says nothing, the garbage collector has it.
   */
  void end() {
    over = true;
    Content.Chunk unwritten = first.getAndSet(null);
    if (unwritten != null) {
      unwritten.release();
    }
  }

  @Override
  public void onWritePossible() {
    pumping.lock();
    try {
      pump();
    } catch (Throwable e) { // nothing above us would tell the backend's side
      onError(e);
    } finally {
      pumping.unlock();
    }
  }

  /** Whether it is the client who does not take what there is. */
  boolean waitsForClient() {
    return !waitsForBackend;
  }

  /** Keeps the stream from writing until {@link #letGo}; false if it is writing. */
  boolean hold() {
    if (!pumping.tryLock()) {
      return false;
    }
    boolean held = !(output instanceof BodyStream own) || own.hold();
    if (!held) {
      pumping.unlock();
    }
    return held;
  }

  void letGo() {
    if (output instanceof BodyStream own) {
      own.letGo();
    }
    pumping.unlock();
  }

  @Override
  public void onError(Throwable failure) {
    if (broken.test(failure)) {
      var unused = release();
      end();
    }
  }

  /** The filter's stream if others wait for the body, and from now on get it without the client. */
  @Nullable BodyStream forOthers() {
    return output instanceof BodyStream own && own.outliveClient() ? own : null;
  }

  /** Says to the filter's stream that the container has given the client up. */
  void clientFailed(Throwable cause) {
    if (output instanceof BodyStream own) {
      own.clientFailed(cause);
    }
  }

  /** Says to the filter's stream that the rest will never come. */
  void abandon() {
    if (output instanceof BodyStream own) {
      own.abandon();
    }
  }

  private void pump() throws IOException {
    if (over && underWay.get() == null) {
      return; // the container may have given the response to somebody else
    }
    while (output.isReady()) {
      boolean last = release();
      if (last) {
        written.run();
        return;
      }
      Content.Chunk chunk = take();
      if (over) { // and perhaps the first chunk is gone, so that there would be a gap
        if (chunk != null) {
          chunk.release();
        }
        return;
      }
      if (chunk == null) {
        if (unflushed) {
          unflushed = false;
          output.flush();
          continue; // flushing may take its time
        }
        waitsForBackend = true;
        source.demand(this::onWritePossible);
        return; // from here on the callback may run already
      }
      if (Content.Chunk.isFailure(chunk)) {
        fail(chunk);
        return;
      }
      waitsForBackend = false;
      underWay.set(chunk);
      if (chunk.hasRemaining()) {
        write(chunk.getByteBuffer());
        unflushed = true;
      }
    }
    waitsForBackend = false; // nothing was demanded; a flush may wait for the client, too
  }

  private Content.@Nullable Chunk take() {
    Content.Chunk chunk = first.getAndSet(null);
    if (chunk == null) {
      chunk = second;
      second = null;
    }
    return chunk == null ? source.read() : chunk;
  }

  private void write(ByteBuffer bytes) throws IOException {
    journal.sent(bytes.remaining());
    if (bytes.hasArray()) {
      output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } else {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      output.write(copy);
    }
  }

  /** The attempt hears of it from the client; here is nothing more to read. */
  private void fail(Content.Chunk failure) {
    if (!failure.isLast()) {
      source.fail(failure.getFailure());
    }
  }

  /**
   * Gives the written chunk back, once, whoever of two threads comes first.
   *
   * @return whether it was the last one
   */
  private boolean release() {
    Content.Chunk chunk = underWay.getAndSet(null);
    if (chunk == null) {
      return false;
    }
    boolean last = chunk.isLast();
    chunk.release();
    return last;
  }

  private static boolean isEnd(Content.Chunk chunk) {
    return chunk.isLast() && !chunk.hasRemaining();
  }
}
