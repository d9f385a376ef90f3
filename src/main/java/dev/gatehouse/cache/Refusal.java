package dev.gatehouse.cache;

/** Why a response is not stored; counted by word, and told as detail in Cache-Status. */
public enum Refusal {
  /** Not one whose responses are kept. */
  METHOD("method"),
  /** The client does not wish it. */
  REQUEST_NO_STORE("request-no-store"),
  /** Not understood, or no final one. */
  STATUS("status"),
  /** About this client, or this request of its. */
  CLIENT("client-status"),
  /** A part of a representation (RFC 9111 §3.3). */
  PARTIAL("partial"),
  NO_STORE("no-store"),
  PRIVATE("private"),
  /** The request was authorized, and sharing is not allowed explicitly (RFC 9111 §3.5). */
  AUTHORIZATION("authorization"),
  SET_COOKIE("set-cookie"),
  VARY_STAR("vary-star"),
  /** It says neither how long it is of use, nor how to ask whether it still is. */
  NO_FRESHNESS("no-freshness"),
  TOO_LARGE("too-large"),
  /** Too much is on its way to be stored already. */
  NO_ROOM("no-room"),
  /** Its body did not come whole (RFC 9111 §3.3). */
  INCOMPLETE("incomplete"),
  /** It was asked for before a purge or an invalidation that concerns it. */
  PURGED("purged");

  private final String word;

  Refusal(String word) {
    this.word = word;
  }

  /** Whether it says something of the responses to others who ask the same. */
  boolean concernsOthers() {
    return switch (this) {
      case METHOD, REQUEST_NO_STORE, AUTHORIZATION, CLIENT, NO_ROOM -> false;
      default -> true;
    };
  }

  /** For Cache-Status and counters. */
  public String word() {
    return word;
  }
}
