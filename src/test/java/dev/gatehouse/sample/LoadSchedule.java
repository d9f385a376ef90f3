package dev.gatehouse.sample;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When each request of an open loop is meant to be sent, and whether it is a POST.
 *
 * @param perSecond requests per second, evenly spaced
 * @param postRatio the share of POST, spread evenly
 * @param count how many requests there are
 */
record LoadSchedule(double perSecond, double postRatio, long count) {
  static LoadSchedule of(double perSecond, Duration duration, double postRatio) {
    double count = perSecond * duration.toNanos() / TimeUnit.SECONDS.toNanos(1);
    return new LoadSchedule(perSecond, postRatio, Math.max(1, Math.round(count)));
  }

  /** The intended time of a request in nanoseconds after the first one. */
  long nanosOf(long index) {
    return Math.round(index * (TimeUnit.SECONDS.toNanos(1) / perSecond));
  }

  boolean isPost(long index) {
    return Math.floor((index + 1) * postRatio) > Math.floor(index * postRatio);
  }
}
