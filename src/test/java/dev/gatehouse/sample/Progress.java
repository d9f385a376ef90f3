package dev.gatehouse.sample;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how far the load is: a bar on a terminal, otherwise a line each second. */
final class Progress implements AutoCloseable {
  private static final int BAR_WIDTH = 30;

  private final PrintStream out;
  private final Tally tally;
  private final AtomicLong sent;
  private final long total;
  private final boolean terminal = isTerminal();
  private final long begin = System.nanoTime();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  private Progress(PrintStream out, Tally tally, AtomicLong sent, long total) {
    this.out = out;
    this.tally = tally;
    this.sent = sent;
    this.total = total;
  }

  static Progress start(PrintStream out, Tally tally, AtomicLong sent, long total) {
    Progress progress = new Progress(out, tally, sent, total);
    long period = progress.terminal ? 200 : 1000;
    var unused =
        progress.timer.scheduleAtFixedRate(progress::show, period, period, TimeUnit.MILLISECONDS);
    return progress;
  }

  private void show() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
    String line = line(elapsed, sent.get(), tally.finished(), tally.failures(), total);
    if (terminal) {
      out.print("\r" + bar(sent.get(), total) + " " + line + "\u001b[K");
      out.flush();
    } else {
      out.println(line);
    }
  }

  static String line(Duration elapsed, long sent, long finished, long failures, long total) {
    return String.format(
        Locale.ROOT,
        "%3d s: sent %d of %d, in flight %d, failed %d",
        elapsed.toSeconds(),
        sent,
        total,
        Math.max(0, sent - finished),
        failures);
  }

  static String bar(long done, long total) {
    int filled = (int) (BAR_WIDTH * done / total);
    return "[%s%s] %3d %%"
        .formatted("=".repeat(filled), " ".repeat(BAR_WIDTH - filled), 100 * done / total);
  }

  /** From Java 22 on there is a Console without a terminal too, and a method that tells. */
  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Progress::isTerminal).orElse(false);
  }

  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    if (terminal) {
      show();
      out.println();
    }
  }
}
