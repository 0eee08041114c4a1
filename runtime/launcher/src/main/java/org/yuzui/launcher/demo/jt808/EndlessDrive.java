package org.yuzui.launcher.demo.jt808;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Every terminal drives without end, at a speed of its own; for load. */
final class EndlessDrive implements Source {

    private final int batch;
    private final int stepSeconds;
    private final LocalDateTime begin;
    private final int[] told;

    /**
     * @param batch       positions in a message; 1 makes 0x0200, more make 0x0704
     * @param stepSeconds between two positions of a terminal
     */
    EndlessDrive(int terminals, int batch, int stepSeconds, LocalDateTime begin) {
        this.batch = batch;
        this.stepSeconds = stepSeconds;
        this.begin = begin;
        this.told = new int[terminals];
    }

    @Override
    public Said next(int terminal) {
        List<PositionBody> positions = new ArrayList<>(batch);
        double speed = 20 + terminal % 60;
        for (int i = 0; i < batch; i++) {
            int step = told[terminal]++;
            double km = step * speed * stepSeconds / 3600;
            positions.add(new PositionBody(begin.plusSeconds((long) step * stepSeconds), 30.5 + terminal % 100 * 0.001,
                    104 + km % 50 * 0.01, speed, 90, true, 1000 + km, -1));
        }
        return batch == 1 ? new Said(Frame.POSITION, positions.get(0).bytes(), 1)
                : new Said(Frame.BATCH, PositionBody.batch(positions, false), batch);
    }
}
