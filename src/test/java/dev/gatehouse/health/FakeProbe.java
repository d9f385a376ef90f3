package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Answers by hand, or at once what it was told for an upstream. */
final class FakeProbe implements Probe {
  static final ProbeResult GOOD = new ProbeResult(true, "200 in 3 ms", Duration.ofMillis(3));
  static final ProbeResult BAD = new ProbeResult(false, "connection refused", Duration.ofMillis(1));

  record Asked(Upstream upstream, Consumer<ProbeResult> done) {}

  final List<Asked> asked = new ArrayList<>();
  final Map<Upstream, ProbeResult> answers = new HashMap<>();

  void answer(Upstream upstream, ProbeResult result) {
    answers.put(upstream, result);
  }

  @Override
  public void check(Upstream upstream, Consumer<ProbeResult> done) {
    asked.add(new Asked(upstream, done));
    ProbeResult answer = answers.get(upstream);
    if (answer != null) {
      done.accept(answer);
    }
  }

  long timesAsked(Upstream upstream) {
    return asked.stream().filter(a -> a.upstream().equals(upstream)).count();
  }
}
