package dev.gatehouse.servlet;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What has happened in one exchange so far. Thread-safe. */
public final class Journal {
  private static final int UNKNOWN = -1;

  private final LongSupplier nanoTime;
  private final long startNanos;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<@Nullable Outcome> ending = new AtomicReference<>();
  private volatile LongSupplier received = () -> 0;
  private volatile int attempts;
  private volatile @Nullable String backend;
  private volatile long headNanos = UNKNOWN;
  private volatile boolean fromBackend;
  private volatile int ownStatus;

  /**
   * Begins now.
   *
   * @param nanoTime monotonic
   */
  public Journal(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  /** A request goes to a backend, for the so many-th time from 1. */
  public void attempt(int number, String backendId) {
    attempts = number;
    backend = backendId;
  }

  /** The head of a backend's answer is there and is passed on. */
  public void answeredByBackend() {
    headNanos = nanoTime.getAsLong() - startNanos;
    fromBackend = true;
    ownStatus = 0;
  }

  /** The cache answers with what it has from a backend. */
  public void answeredFromStore() {
    headNanos = nanoTime.getAsLong() - startNanos;
    fromBackend = true;
    ownStatus = 0;
    sent.set(0);
  }

  /** Whether a backend's answer is passed on, and not one of ours. */
  public boolean isFromBackend() {
    return fromBackend;
  }

  /** We answer ourselves, in place of what there was before. */
  public void answeredByUs(int status, int bodyBytes) {
    fromBackend = false;
    ownStatus = status;
    sent.set(bodyBytes);
  }

  /** The container will answer for us, and does not say how many bytes that takes. */
  public void answeredByContainer(int status) {
    answeredByUs(status, UNKNOWN);
  }

  /** So many bytes more of the response's body have gone out. */
  public void sent(int bytes) {
    sent.addAndGet(bytes);
  }

  /** Who knows how many bytes of the request's body have come in. */
  public void receives(LongSupplier count) {
    received = count;
  }

  /** The message was cut; what was noted of its end before counts. */
  public void brokenOff() {
    ending.compareAndSet(null, Outcome.BROKEN);
  }

  /** The client did not wait; what was noted of the end before counts. */
  public void clientGone() {
    ending.compareAndSet(null, Outcome.CLIENT_GONE);
  }

  /** The request did not come in whole. */
  public void clientFailed(boolean becauseItLeft) {
    if (becauseItLeft) {
      clientGone();
    }
  }

  /** Zero if no backend was asked. */
  public int attempts() {
    return attempts;
  }

  /** The id of the backend that was asked last. */
  public Optional<String> backend() {
    return Optional.ofNullable(backend);
  }

  /** Nanoseconds since the beginning. */
  public long elapsedNanos() {
    return nanoTime.getAsLong() - startNanos;
  }

  /** Nanoseconds from the beginning to the head of a backend's answer. */
  public OptionalLong headNanos() {
    long nanos = headNanos;
    return nanos == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  /** Bytes of the request's body that were taken. */
  public long bytesIn() {
    return received.getAsLong();
  }

  /** Bytes of the response's body; empty if neither a backend's answer nor an error of ours. */
  public OptionalLong bytesOut() {
    long bytes = sent.get();
    boolean known = (fromBackend || ownStatus != 0) && bytes != UNKNOWN;
    return known ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  /**
   * The status that the exchange has ended with.
   *
   * @param ofResponse what the container says, which does not know of an error page to come
   */
  public int status(int ofResponse) {
    return ownStatus == 0 ? ofResponse : ownStatus;
  }

  /** How the exchange has ended with that status. */
  public Outcome outcome(int status) {
    Outcome noted = ending.get();
    if (noted != null) {
      return noted;
    }
    if (fromBackend || status < 400) {
      return Outcome.ANSWERED;
    }
    return status < 500 ? Outcome.REFUSED : Outcome.FAILED;
  }
}
