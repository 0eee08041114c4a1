package org.yuzui.contracts;

import org.yuzui.contracts.internal.ContractFile;
import org.yuzui.kernel.PluginContent.HubFile;

import java.time.ZoneId;

/** Reads a contract as a deployment does, without deploying it. */
public final class ContractFiles {

    private ContractFiles() {
    }

    /** @throws org.yuzui.kernel.PluginException naming file, line and cure of the first thing that is wrong */
    public static Contract read(HubFile file, String plugin, ZoneId zone) {
        return ContractFile.read(file, plugin, zone);
    }
}
