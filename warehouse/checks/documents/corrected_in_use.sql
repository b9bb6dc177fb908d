-- severity: info
-- message: Numbers of the warehouse were read from a document that was corrected.
-- action: Read the notice; where it changes a number that was read, correct the number.
-- owner: review

-- A note: most errata change no number, and databases often mend the record together with the paper.
SELECT
    document_id AS row_id,
    document_id,
    'It was corrected (' || said || '), and ' || counted(numbers, 'number') || if(numbers = 1, ' is', ' are') || ' from it.' AS message
FROM numbers_under_notice('ERRATUM_FOR', 'CORRECTED')
