package dev.gatehouse.balance;

/**
 * What a policy may look at in a request.
 *
 * @param client who asks: the key's id or the client's address
 * @param attempt 0 for the first backend, 1 for the first retry, and so on
 */
public record RequestKey(String client, int attempt) {}
