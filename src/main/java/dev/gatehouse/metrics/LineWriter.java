package dev.gatehouse.metrics;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines on a thread of its own, so that a sink that is slow, blocked or broken costs lines
 * and never a request. Thread-safe.
 */
final class LineWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);
  private static final long RETRY_MILLIS = 1000;
  private static final Supplier<String> END = String::new;

  private final LineSink sink;
  private final Duration grace;
  private final BlockingQueue<Supplier<String>> queue;
  private final LongAdder lost = new LongAdder();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Throwable failure; // told only when asked: there may be no memory

  /**
   * Starts the thread.
   *
   * @param capacity lines that may wait
   * @param grace how long closing waits for them to be written
   */
  LineWriter(LineSink sink, int capacity, Duration grace) {
    this.sink = sink;
    this.grace = grace;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.thread = new Thread(this::run, "gatehouse-access-log");
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands a line over, or drops it; it never waits. */
  void write(Supplier<String> line) {
    if (!queue.offer(line)) {
      lost.increment();
    }
  }

  /** Lines that were lost since this was asked last. */
  long takeLost() {
    return lost.sumThenReset();
  }

  /** What the sink said when it last failed, if it has not worked since; null if it has. */
  @Nullable String failure() {
    Throwable last = failure;
    return last == null ? null : last.toString();
  }

  private void run() {
    try {
      while (stop.getCount() > 0 || !queue.isEmpty()) {
        Supplier<String> line = queue.take();
        if (line != END && !isWritten(line)) {
          lost.increment();
        }
      }
    } catch (InterruptedException e) { // by close(), whose patience has ended
      lost.add(queue.stream().filter(line -> line != END).count());
    } finally {
      sink.close();
    }
  }

  /** Tries until it works or all has to end. */
  private boolean isWritten(Supplier<String> line) {
    String text;
    try {
      text = line.get();
    } catch (Throwable e) { // the next line may be better
      failure = e;
      return false;
    }
    do {
      try {
        sink.write(text);
        failure = null;
        return true;
      } catch (Throwable e) { // an appender may throw anything
        failure = e;
      }
    } while (!ends());
    return false;
  }

  private boolean ends() {
    try {
      return stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Writes what waits, as long as the grace lasts. */
  @Override
  public void close() {
    stop.countDown();
    boolean unused = queue.offer(END); // if there is no room, nobody waits for it
    try {
      thread.join(grace.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(RETRY_MILLIS);
      }
      if (thread.isAlive()) {
        LOG.warn("the access log's thread is blocked and does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
