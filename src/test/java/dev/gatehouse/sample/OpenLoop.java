package dev.gatehouse.sample;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpMethod;

/**
 * Sends requests at their intended times, however long the answers take.
 *
 * <p>A latency counts from the intended time, so a stall of the proxy is seen by all requests that
 * it delays, and a late sender accuses itself instead of hiding the delay.
 *
 * @param sent counts the requests sent so far
 */
record OpenLoop(
    HttpClient client, LoadSettings settings, LoadSchedule schedule, Tally tally, AtomicLong sent) {
  /** Sends all requests and waits for the end of each, its timeout at the latest. */
  void run() throws InterruptedException {
    CountDownLatch open = new CountDownLatch(Math.toIntExact(schedule.count()));
    long begin = System.nanoTime();
    for (int index = 0; index < schedule.count(); index++) {
      long intended = begin + schedule.nanosOf(index);
      long left = intended - System.nanoTime();
      while (left > 0) {
        LockSupport.parkNanos(left);
        left = intended - System.nanoTime();
      }
      send(index, intended, open);
      sent.incrementAndGet();
    }
    open.await();
  }

  private void send(int index, long intendedNanos, CountDownLatch open) {
    String method = schedule.isPost(index) ? "POST" : "GET";
    Request request =
        client
            .newRequest(settings.url())
            .method(HttpMethod.fromString(method))
            .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
            .headers(fields -> fields.put("X-API-Key", settings.key()));
    if (method.equals("POST")) {
      request.body(
          new StringRequestContent("application/json", "{\"request\":%d}".formatted(index)));
    }
    request.send(
        result -> {
          count(method, result, System.nanoTime() - intendedNanos);
          open.countDown();
        });
  }

  private void count(String method, Result result, long nanos) {
    Throwable failure = result.getFailure();
    if (failure != null) {
      tally.failed(method, Failures.kind(failure));
      return;
    }
    tally.answered(
        method,
        result.getResponse().getStatus(),
        AnsweredBy.of(result.getResponse().getHeaders()),
        nanos);
  }
}
