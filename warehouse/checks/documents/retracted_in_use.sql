-- severity: warn
-- message: Numbers of the warehouse were read from a document that was retracted.
-- action: Read the notice; leave the trial out of summaries, or look for a document of it that stands.
-- owner: review

SELECT
    document_id AS row_id,
    document_id,
    'It was retracted (' || said || '), and ' || counted(numbers, 'number') || if(numbers = 1, ' is', ' are') || ' from it.' AS message
FROM numbers_under_notice('RETRACTION_OF', 'RETRACTED')
