package dev.gatehouse.config;

/** What a parameter's value looks like. */
public enum Kind {
  NAME("write a name of letters, digits, - and _"),
  WORD("write one of its words"),
  WORDS("write a list of its words"),
  FLAG("write true or false (or on, off)"),
  NUMBER("write a whole number"),
  DURATION("write a number with a unit, such as 500ms, 10s, 5m, 1h, 1d, or PT10S (at most 366d)"),
  SIZE("write a number of bytes, 1 or more and less than 2g, or with a unit, such as 16k or 64m"),
  LIMIT("write a number of bytes, or one with a unit, such as 64k, 10m or 2g; 0: no limit"),
  SPACE("write a number of bytes, or one with a unit, such as 64m or 2g"),
  HEADER("write the name of a header field: letters, digits and - only"),
  HEADERS("write names of header fields, each once, with commas between them"),
  PATH("write a path that starts with / and has no blank, ? or #"),
  PATTERN("write a path such as /shop/* (all that lies there) or /shop (that path alone)"),
  HOST("write a host name of letters, digits, dots and hyphens"),
  HOSTS(
      "write host names such as example.com, *.example.com or [2001:db8::1], without ports;"
          + " international ones as xn--..."),
  AUTHORITIES(
      "write hosts such as ops.example, ops.example:8443 or [2001:db8::1]; international ones as"
          + " xn--..."),
  ADDRESSES("write IP addresses or ranges such as 10.0.0.0/8 or ::1; names are not looked up"),
  SERVERS("write addresses of DNS servers such as 10.0.0.2, 10.0.0.2:5353 or [::1]:53"),
  URLS("write URLs such as http://127.0.0.1:8080, with commas between them"),
  FILE("write the path of a file"),
  DIRECTORY("write the path of a directory, with a size or without, such as /var/cache/us:10g"),
  CLUSTER(
      "write the address of a Terracotta server, such as terracotta://10.0.0.5:9410/gatehouse:1g"),
  PINS(
      "write SHA-256 hashes of public keys: sha256/ and 44 characters of base64, or 64 hex digits"),
  METHODS("write methods such as GET, POST, with commas between them, or * alone"),
  LOG("write off, log, or the path of a file in a directory that is there"),
  PERCENT("write percent from 0 to 100, such as 20%"),
  RANGES("write statuses from 100 to 599, such as 200-299 or 200-399,404"),
  REGEX("write a regular expression, without back-references and looking around"),
  FIELDS("write fields such as Authorization: Basic YTpi, with commas between them"),
  SECRET("write a secret"),
  SECRETS("write secrets, with commas or line ends between them");

  private final String wanted;

  Kind(String wanted) {
    this.wanted = wanted;
  }

  /** What the operator should write instead of a bad value. */
  String wanted() {
    return wanted;
  }

  /** Whether values are hidden everywhere and may come from a {@code _FILE}. */
  boolean secret() {
    return this == SECRET || this == SECRETS;
  }
}
