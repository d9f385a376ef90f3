package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import java.util.function.Consumer;

/**
 * A way to ask a backend whether it is well.
 *
 * <p>Implementations are thread-safe and bounded in time.
 */
public interface Probe {
  /**
   * Starts one check and returns without waiting for it.
   *
   * @param done called exactly once, on any thread, even before this method returns
   */
  void check(Upstream upstream, Consumer<ProbeResult> done);
}
