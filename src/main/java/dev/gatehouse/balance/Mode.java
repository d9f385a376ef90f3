package dev.gatehouse.balance;

/** What an operator wants of a backend. */
public enum Mode {
  /** Requests as its health allows. */
  ENABLED,
  /** No new clients; those that stick to it are still served. */
  DRAINING,
  /** No requests at all. */
  DISABLED
}
