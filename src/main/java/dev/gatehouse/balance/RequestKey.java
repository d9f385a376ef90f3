package dev.gatehouse.balance;

/**
 * What a policy may look at in a request.
 *
 * @param hashed what of the request is hashed; empty for policies that look at nothing
 * @param preferred the id of the backend that the client should stay with; empty: any
 * @param attempt 0 for the first backend, 1 for the first retry, and so on
 */
public record RequestKey(String hashed, String preferred, int attempt) {
  /** Any backend, for the first time. */
  public static final RequestKey ANY = new RequestKey("", "", 0);

  /** The same request, tried again. */
  public RequestKey again(int attempt) {
    return attempt == this.attempt ? this : new RequestKey(hashed, preferred, attempt);
  }
}
