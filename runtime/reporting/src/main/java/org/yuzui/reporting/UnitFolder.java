package org.yuzui.reporting;

/** The folder of the site's unit files. What is put there counts from the next start. */
public interface UnitFolder {

    /**
     * What a file would change.
     *
     * @param file as it is called in the folder, or is to be: {@code institutions.csv}
     * @throws UnitFilesException                everything that is wrong, with file and line
     * @throws org.yuzui.kernel.ProblemException {@code bad-file-name}, {@code bad-file}
     */
    UnitImport check(String file, byte[] bytes, Sheets.Kind kind);

    /** The same, and puts it there. */
    UnitImport take(String file, byte[] bytes, Sheets.Kind kind);
}
