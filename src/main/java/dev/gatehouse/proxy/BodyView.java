package dev.gatehouse.proxy;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** What one try sees of a client's body: first what is kept of it, then the rest as it comes. */
final class BodyView implements Request.Content {
  private final ClientBody body;
  private final @Nullable List<ByteBuffer> replay;
  private int chunks;

  /**
   * @param replay what was kept when the try began; null: nothing had been read
   */
  BodyView(ClientBody body, @Nullable List<ByteBuffer> replay) {
    this.body = body;
    this.replay = replay;
  }

  @Override
  public @Nullable String getContentType() {
    return null; // the client's Content-Type is copied with the other fields
  }

  @Override
  public long getLength() {
    return body.length();
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk next = body.next(this, replay, chunks);
    if (next != null && next.hasRemaining()) {
      chunks++;
    }
    return next;
  }

  @Override
  public void demand(Runnable ready) {
    body.demand(this, ready);
  }

  /** Whether there is more of what is kept. */
  boolean hasKept() {
    return replay != null && chunks < replay.size();
  }

  @Override
  public void fail(Throwable cause) {
    body.forgo(this, cause);
  }
}
