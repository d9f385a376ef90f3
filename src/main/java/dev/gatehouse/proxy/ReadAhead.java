package dev.gatehouse.proxy;

import dev.gatehouse.servlet.Bodies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read before its request goes on: what reads it is a try that comes before all
 * others, and does not get far. Container's threads take turns on it.
 */
final class ReadAhead implements Bodies.Reading {
  private final ClientBody body;
  private final Request.Content reading;
  private final int most;
  private final Consumer<Optional<String>> then;
  private final Consumer<Throwable> whenFailed;
  private final MessageDigest digest = sha256();
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private int soFar;
  private volatile @Nullable List<ByteBuffer> whole;

  /**
   * @param body keeps a buffer more than the most
   * @param then told the digest, or nothing if there is more
   * @param failed told instead if the client fails
   */
  ReadAhead(
      ClientBody body, int most, Consumer<Optional<String>> then, Consumer<Throwable> failed) {
    this.body = body;
    this.most = most;
    this.then = then;
    this.whenFailed = failed;
    this.reading = body.forAttempt();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has it", e);
    }
  }

  /** Reads what is there. */
  void go() {
    while (!over.get()) {
      Content.Chunk chunk = reading.read();
      if (chunk == null) {
        reading.demand(this::go);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        failed(chunk.getFailure());
        return;
      }
      take(chunk);
    }
  }

  private void take(Content.Chunk chunk) {
    if (chunk.hasRemaining()) {
      ByteBuffer bytes = chunk.getByteBuffer();
      soFar += bytes.remaining();
      chunks.add(bytes.duplicate());
      digest.update(bytes.duplicate());
    }
    if (soFar > most || (chunks.size() >= ReadBytes.MOST_CHUNKS - 1 && !chunk.isLast())) {
      stop();
    } else if (chunk.isLast() && over.compareAndSet(false, true)) {
      whole = List.copyOf(chunks);
      then.accept(Optional.of(HexFormat.of().formatHex(digest.digest())));
    }
  }

  /** What is not here yet is read by who forwards the request. */
  @Override
  public void stop() {
    if (over.compareAndSet(false, true)) {
      reading.fail(new IOException("enough"));
      then.accept(Optional.empty());
    }
  }

  /** The client has left, or has framed its body wrongly. */
  void failed(Throwable cause) {
    if (over.compareAndSet(false, true)) {
      whenFailed.accept(cause);
    }
  }

  boolean isWhole() {
    return whole != null;
  }

  /** For who forwards the request: all of the body, whether it is here yet or not. */
  ClientBody body() {
    List<ByteBuffer> all = whole;
    return all == null ? body : ClientBody.of(all, body.length());
  }
}
