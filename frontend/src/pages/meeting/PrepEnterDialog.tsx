import { useState } from 'react'
import type { PrepSheet } from '../../api/prep'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { RoomProps } from './RoomProps'

interface Props extends Pick<RoomProps, 'act'> {
  sheet: PrepSheet
  onClose: () => void
}

/** Begins 代行入力: how it came, and who of the agency told it. */
export function PrepEnterDialog({ sheet, act, onClose }: Props) {
  const [way, setWay] = useState('phone')
  const [teller, setTeller] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.prep
  const begin = () =>
    void submit(async () => {
      await act('prep_for', { agencyId: sheet.agencyId, step: 'begin', way, teller })
      onClose()
    })
  const failed = rest('way', 'teller')
  return (
    <Dialog
      title={w.enterOf(sheet.name)}
      onClose={onClose}
      foot={
        <Button
          kind="solid"
          busy={busy}
          why={teller.trim() ? undefined : words.form.needed(w.teller)}
          onClick={begin}
          data-testid="prep-enter-begin"
        >
          {w.enterBegin}
        </Button>
      }
    >
      <p className="soft">{w.enterText}</p>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <SelectField
        label={w.way}
        value={way}
        onValue={setWay}
        error={at('way')}
        options={w.ways}
        data-testid="prep-way"
      />
      <TextField
        label={w.teller}
        value={teller}
        onValue={setTeller}
        error={at('teller')}
        required
        data-testid="prep-teller"
      />
    </Dialog>
  )
}
