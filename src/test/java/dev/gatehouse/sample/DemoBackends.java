package dev.gatehouse.sample;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The demonstration's sample backends, numbered from 1; any of them can be stopped and started. */
final class DemoBackends implements AutoCloseable {
  private final int firstPort;
  private final Optional<ServerKeys> keys;
  private final Map<Integer, SampleBackend> running = new TreeMap<>();
  private boolean closed;

  DemoBackends(int firstPort, Optional<ServerKeys> keys) {
    this.firstPort = firstPort;
    this.keys = keys;
  }

  void startAll() throws IOException {
    for (int number = 1; number <= DemoSettings.BACKENDS; number++) {
      start(number);
    }
  }

  /** Starts one and says so. */
  synchronized String start(int number) throws IOException {
    if (closed || running.containsKey(number)) {
      return "Backend " + number + (closed ? " stays down: all are ending" : " runs already");
    }
    SampleBackend backend = SampleBackend.start("127.0.0.1", firstPort + number - 1, keys, false);
    running.put(number, backend);
    return "Backend " + number + " is up: " + backend.uri();
  }

  /** Stops one without cutting an answer, and says so. */
  synchronized String stop(int number) {
    SampleBackend backend = running.remove(number);
    if (backend == null) {
      return "Backend " + number + " is down already";
    }
    backend.close();
    return "Backend " + number + " is down: " + backend.uri();
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.values().parallelStream().forEach(SampleBackend::close);
    running.clear();
  }
}
