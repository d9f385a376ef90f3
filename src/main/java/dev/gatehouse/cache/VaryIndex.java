package dev.gatehouse.cache;

import java.util.List;

/**
 * Stands under the key of a resource that varies: by which fields, and where its variants are.
 *
 * <p>A final class and no record, as {@link StoredResponse} is. Immutable.
 */
public final class VaryIndex implements Stored {
  private final long generation;
  private final List<List<String>> names;
  private final int variants;

  /**
   * Keeps these.
   *
   * @param generation part of all variants' keys; another one, and none of them is found
   * @param names the lists of field names that Vary has had, in lower case and sorted, the newest
   *     first; an empty list: it once had none
   * @param variants how many were stored, at least those that are there
   */
  public VaryIndex(long generation, List<List<String>> names, int variants) {
    this.generation = generation;
    this.names = List.copyOf(names);
    this.variants = variants;
  }

  public long generation() {
    return generation;
  }

  public List<List<String>> names() {
    return names;
  }

  public int variants() {
    return variants;
  }
}
