package dev.gatehouse.config;

/** The servlet or filter whose init-params may name a parameter by its last word alone. */
public enum Owner {
  NONE(""),
  PROXY("servlet proxy"),
  AUTH("filter auth"),
  EXCHANGE("filter exchange"),
  GUARD("filter guard"),
  CACHE("filter cache");

  private final String part;

  Owner(String part) {
    this.part = part;
  }

  /** How {@link Sources#initParams} and messages call it. */
  String part() {
    return part;
  }
}
