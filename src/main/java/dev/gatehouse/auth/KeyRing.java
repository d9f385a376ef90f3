package dev.gatehouse.auth;

/** The keys that are valid now: fixed ones, or those of a file that may change. */
@FunctionalInterface
public interface KeyRing {
  /** The keys to look a presented one up in. */
  ApiKeys current();
}
