package dev.gatehouse.cache;

/** Why a request goes to the origin, in the words of RFC 9211 §2.2. */
public enum Forward {
  /** The cache is not meant to look at it. */
  BYPASS("bypass"),
  /** It must, by its method. */
  METHOD("method"),
  /** Nothing is stored for the target. */
  URI_MISS("uri-miss"),
  /** Something is, but nothing that Vary selects. */
  VARY_MISS("vary-miss"),
  /** Nothing fits. */
  MISS("miss"),
  /** Something fresh fits, but the client's directives forbid it. */
  REQUEST("request"),
  /** What fits is stale. */
  STALE("stale"),
  /** What fits is a part only. */
  PARTIAL("partial");

  private final String word;

  Forward(String word) {
    this.word = word;
  }

  /** For Cache-Status and counters. */
  public String word() {
    return word;
  }
}
