package dev.gatehouse.proxy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
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
  private final Consumer<Throwable> broken;
  private Content.@Nullable Chunk first;
  private Content.@Nullable Chunk underWay;
  private boolean unflushed = true; // the head

  /**
   * @param written called once when the backend's last byte is with the container
   * @param broken called when the client can't be written to
   */
  ClientStream(
      ServletOutputStream output,
      Content.Source source,
      Runnable written,
      Consumer<Throwable> broken) {
    this.output = output;
    this.source = source;
    this.written = written;
    this.broken = broken;
  }

  /** Begins; without a body the output is not touched. */
  void start() {
    Content.Chunk chunk = source.read();
    if (chunk != null && !Content.Chunk.isFailure(chunk) && isEnd(chunk)) {
      chunk.release();
      written.run();
      return;
    }
    first = chunk;
    output.setWriteListener(this);
  }

  @Override
  public void onWritePossible() {
    try {
      pump();
    } catch (Throwable e) { // nothing above us would tell the backend's side
      onError(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    release();
    broken.accept(failure);
  }

  private void pump() throws IOException {
    while (output.isReady()) {
      boolean last = underWay != null && underWay.isLast();
      release();
      if (last) {
        written.run();
        return;
      }
      Content.Chunk chunk = take();
      if (chunk == null) {
        if (unflushed) {
          unflushed = false;
          output.flush();
          continue; // flushing may take its time
        }
        source.demand(this::onWritePossible);
        return; // from here on the callback may run already
      }
      if (Content.Chunk.isFailure(chunk)) {
        if (!chunk.isLast()) {
          source.fail(chunk.getFailure());
        }
        return; // the attempt hears of it from the client
      }
      underWay = chunk;
      if (chunk.hasRemaining()) {
        write(chunk.getByteBuffer());
        unflushed = true;
      }
    }
  }

  private Content.@Nullable Chunk take() {
    Content.Chunk chunk = first;
    if (chunk != null) {
      first = null;
      return chunk;
    }
    return source.read();
  }

  private void write(ByteBuffer bytes) throws IOException {
    if (bytes.hasArray()) {
      output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } else {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      output.write(copy);
    }
  }

  private void release() {
    Content.Chunk chunk = underWay;
    if (chunk != null) {
      underWay = null;
      chunk.release();
    }
  }

  private static boolean isEnd(Content.Chunk chunk) {
    return chunk.isLast() && !chunk.hasRemaining();
  }
}
