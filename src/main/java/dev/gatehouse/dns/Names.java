package dev.gatehouse.dns;

import dev.gatehouse.config.DnsConfig;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps up with what names mean. One thread at a time uses it. */
public final class Names {
  private final Lookup lookup;
  private final DnsConfig config;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Come> answers = new LinkedBlockingQueue<>();
  private final Map<String, Named> names = new LinkedHashMap<>();

  /** Hears of what is new, on the thread that uses the names. */
  public interface Listener {
    /** A name means these now; none: nothing. */
    void means(String host, List<InetAddress> addresses);

    /**
     * Something that an operator may want to know.
     *
     * @param cause goes on where the host leaves off
     */
    void tell(String host, String what, String cause);
  }

  /** An answer, and whose it is. */
  private record Come(String host, Named named, Answer answer) {}

  /**
   * Asks nothing yet.
   *
   * @param nanoTime a monotonic clock
   */
  public Names(Lookup lookup, DnsConfig config, LongSupplier nanoTime) {
    this.lookup = lookup;
    this.config = config;
    this.nanoTime = nanoTime;
  }

  /** Asks for this name, too, from now on. */
  public void watch(String host) {
    names.computeIfAbsent(host, name -> new Named(name, config, nanoTime.getAsLong()));
  }

  /** Asks for these from now on, and for no others. */
  public void watchOnly(Set<String> hosts) {
    names.keySet().retainAll(hosts);
    hosts.forEach(this::watch);
  }

  /** What a name means as far as is known; none: nothing, or not known. */
  public List<InetAddress> meaning(String host) {
    Named named = names.get(host);
    return named == null ? List.of() : named.addresses();
  }

  /** Asks what all names mean, and waits for the answers, but not longer than this. */
  public void start(Duration patience, Listener listener) {
    long deadline = nanoTime.getAsLong() + patience.toNanos();
    tick(listener);
    while (isAnyAsked()) {
      Come answer = next(deadline - nanoTime.getAsLong());
      if (answer == null) {
        return;
      }
      settle(answer, listener);
    }
  }

  /** Takes the answers that have come, and asks again where one has become old. */
  public void tick(Listener listener) {
    for (Come answer = answers.poll(); answer != null; answer = answers.poll()) {
      settle(answer, listener);
    }
    long now = nanoTime.getAsLong();
    names.forEach(
        (host, named) -> {
          if (named.isDue(now)) {
            ask(host, named);
          }
        });
  }

  private void ask(String host, Named named) {
    named.ask();
    try {
      lookup.ask(host, answer -> answers.add(new Come(host, named, answer)));
    } catch (RuntimeException e) { // or it would be asked for never again
      answers.add(new Come(host, named, Answer.silent("not asked (" + e + ")")));
    }
  }

  private void settle(Come come, Listener listener) {
    if (names.get(come.host()) == come.named()) { // it may have been let go, and taken up anew
      come.named().settle(come.answer(), nanoTime.getAsLong(), listener);
    }
  }

  private boolean isAnyAsked() {
    for (Named name : names.values()) {
      if (name.isAsked()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Come next(long withinNanos) {
    try {
      return answers.poll(withinNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
