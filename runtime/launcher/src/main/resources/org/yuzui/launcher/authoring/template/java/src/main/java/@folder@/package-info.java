/** The plugin @id@: reads the lines of meter readings. */
package @package@;
