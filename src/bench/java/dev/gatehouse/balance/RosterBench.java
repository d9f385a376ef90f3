package dev.gatehouse.balance;

import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs that a backend comes, goes or changes its weight. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RosterBench {
  @Param({"4", "1000"})
  public int backends;

  private List<Candidate> candidates;
  private int[] weights;

  /** Different weights, ten times what they are configured to, as in a slow start. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    weights = new int[backends];
    List<Upstream> upstreams = new ArrayList<>();
    for (int i = 0; i < backends; i++) {
      weights[i] = 1 + random.nextInt(2_560);
      upstreams.add(new Upstream("n" + i, URI.create("http://n" + i + ".test"), 1));
    }
    candidates = Pools.pool("p", upstreams, new RoundRobin()).candidates();
  }

  /** All of it, order of turns included. */
  @Benchmark
  public Roster roster() {
    return Roster.of(candidates, weights);
  }
}
