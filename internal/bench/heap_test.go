package bench

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// watchHeap looks at the heap until the function that it returns is called,
// which gives the highest that it stood, in MiB, above where it began.
func watchHeap() func() float64 {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	begin := sample[0].Value.Uint64()
	peak, stop, done := begin, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				metrics.Read(sample)
				peak = max(peak, sample[0].Value.Uint64())
			}
		}
	}()
	return func() float64 {
		close(stop)
		<-done
		return float64(peak-begin) / (1 << 20)
	}
}
