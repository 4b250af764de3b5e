package standalone

import (
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net"
	"path/filepath"

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// ownPorts sees to it that the engine gets its ports. Where another program has one of them, as when the folder is a copy of one that runs, others are
// taken and remembered.
func (m *Machine) ownPorts() error {
	taken := firstTaken(m.ports)
	if taken == 0 {
		return nil
	}
	line, err := freePorts()
	if err != nil {
		return err
	}
	path := filepath.Join(m.options.Dir, "engine-ports")
	if err := postgres.Remember(path, line); err != nil {
		return err
	}
	m.options.Progress(fmt.Sprintf("端口 %d 已被别的程序占用，流程引擎改用 %s / port %d is taken by another program; the workflow engine takes %s", taken, line, taken, line))
	m.ports, err = enginePorts(path)
	return err
}

// enginePorts returns the four ports of the engine's services. They are remembered, because a changed port makes the next start wait for dead
// members, and lie below 32768, because the engine keeps them in a signed 16-bit column.
func enginePorts(path string) ([4]int, error) {
	var ports [4]int
	line, err := postgres.Remembered(path, freePorts)
	if err != nil {
		return ports, err
	}
	if _, err := fmt.Sscan(line, &ports[0], &ports[1], &ports[2], &ports[3]); err != nil {
		return ports, fmt.Errorf("%s does not hold four port numbers: %w", path, err)
	}
	return ports, nil
}

// freePorts finds four free ports in a row.
func freePorts() (string, error) {
	for range 100 {
		base := 10000 + 4*mathrand.IntN(2500) // two programs that start at once do not meet
		ports := [4]int{base, base + 1, base + 2, base + 3}
		if allFree(ports) {
			return fmt.Sprintf("%d %d %d %d", ports[0], ports[1], ports[2], ports[3]), nil
		}
	}
	return "", errors.New("no four free ports in a row between 10000 and 20000 for the engine")
}

func allFree(ports [4]int) bool { return firstTaken(ports) == 0 }

// firstTaken returns the first port that cannot be listened on, 0 when all are free.
func firstTaken(ports [4]int) int {
	for _, port := range ports {
		listener, err := net.Listen("tcp", local(port))
		if err != nil || listener.Close() != nil {
			return port
		}
	}
	return 0
}
