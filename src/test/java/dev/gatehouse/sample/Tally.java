package dev.gatehouse.sample;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts what became of the requests; thread-safe. */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Map<String, LongAdder> failedByMethod = new ConcurrentSkipListMap<>();
  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> backends = new ConcurrentSkipListMap<>();
  private final Map<AnsweredBy, LongAdder> others = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();
  private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);

  /**
   * Counts a complete answer; a status of 400 or more is a failure too.
   *
   * @param nanos since the time when the request was meant to be sent
   */
  void answered(String method, int status, AnsweredBy by, long nanos) {
    answered.increment();
    increment(statuses, status);
    if (by.isBackend()) {
      increment(backends, by.name());
    } else {
      increment(others, by);
    }
    micros.recordValue(Math.max(0, Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST_MICROS)));
    if (status >= 400) {
      failed.increment();
      increment(failedByMethod, method);
    }
  }

  /** Counts a request without a complete answer. */
  void failed(String method, String error) {
    failed.increment();
    increment(errors, error);
    increment(failedByMethod, method);
  }

  private static <K> void increment(Map<K, LongAdder> counts, K key) {
    counts.computeIfAbsent(key, unused -> new LongAdder()).increment();
  }

  /** Requests that are over, with or without an answer. */
  long finished() {
    return answered.sum() + sum(errors);
  }

  long failures() {
    return failed.sum();
  }

  long failures(String method) {
    LongAdder count = failedByMethod.get(method);
    return count == null ? 0 : count.sum();
  }

  Map<Integer, Long> statuses() {
    return copy(statuses);
  }

  Map<String, Long> backends() {
    return copy(backends);
  }

  /** Answers for which no backend can be named. */
  Map<AnsweredBy, Long> others() {
    Map<AnsweredBy, Long> copy = new HashMap<>();
    others.forEach((by, count) -> copy.put(by, count.sum()));
    return copy;
  }

  Map<String, Long> errors() {
    return copy(errors);
  }

  /** Microseconds from the intended sending to the complete answer. */
  Histogram micros() {
    return micros.copy();
  }

  private static long sum(Map<String, LongAdder> counts) {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private static <K extends Comparable<K>> Map<K, Long> copy(Map<K, LongAdder> counts) {
    Map<K, Long> copy = new TreeMap<>();
    counts.forEach((key, count) -> copy.put(key, count.sum()));
    return copy;
  }
}
