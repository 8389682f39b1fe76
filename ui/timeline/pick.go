package timeline

import "zgoda/consent"

// correctable is the entries that a correction can take back, the newest first: a
// yes, a soft opt-in or a notice that none has taken back yet. A no stays.
func (m *Model) correctable() []int64 {
	corrected := map[int64]bool{}
	for _, e := range m.fact.History.Events {
		if e.Kind == consent.KindCorrected {
			corrected[e.Corrects] = true
		}
	}
	var all []int64
	for i := len(m.fact.History.Events) - 1; i >= 0; i-- {
		e := m.fact.History.Events[i]
		switch e.Kind {
		case consent.KindGranted, consent.KindSoftOptIn, consent.KindNotice:
			if !corrected[e.Seq] {
				all = append(all, e.Seq)
			}
		}
	}
	return all
}

// pick selects the next entry that can be corrected, after the last one none, and
// brings it into sight.
func (m *Model) pick() {
	all := m.correctable()
	next := int64(0)
	switch {
	case len(all) == 0:
	case m.picked == 0:
		next = all[0]
	default:
		for i, seq := range all[:len(all)-1] {
			if seq == m.picked {
				next = all[i+1]
			}
		}
	}
	m.picked, m.built = next, false
	m.build()
	at, ok := m.at[next]
	if !ok || next == 0 {
		return
	}
	if at < m.scroll.Top || at+4 > m.scroll.Top+m.body() {
		m.scroll.Top = max(0, at-1)
	}
}
